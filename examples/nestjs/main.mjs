// NestJS 11 and 12, on Express and on Fastify. Run it with `npm install && npm start`.

import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { messagePush, route } from 'wechat-push';

const push = messagePush(
  {
    token: process.env.WECHAT_PUSH_TOKEN,
    appId: process.env.WECHAT_PUSH_APP_ID,
    encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
  },
  route({ text: (message) => `You said: ${message.Content}` }),
);

class AppModule {}
Module({})(AppModule); // in TypeScript: @Module({}) class AppModule {}

const app = await NestFactory.create(AppModule);
app.use('/checkPushMsg', push);
await app.listen(process.env.PORT ?? 3000);

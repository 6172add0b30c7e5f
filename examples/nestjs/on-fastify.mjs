// NestJS on Fastify.

import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { route } from 'wechat-push';
import { messagePush } from 'wechat-push/fastify';

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

const app = await NestFactory.create(AppModule, new FastifyAdapter());
await app.init(); // so that its exception filters get a handler's errors
await app.register(push, { prefix: '/checkPushMsg' });
await app.listen(process.env.PORT ?? 3000);

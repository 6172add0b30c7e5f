import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { decrypt, getSignature } from '@wecom/crypto';

@Controller('callback')
export class CallbackController {
  private readonly token = process.env.WECOM_TOKEN!;
  private readonly key = process.env.WECOM_KEY!;

  @Get()
  echo(@Query() query: Record<string, string>): string {
    const signature = getSignature(this.token, query.timestamp, query.nonce, query.echostr);
    if (signature !== query.msg_signature) return 'fail';
    return decrypt(this.key, query.echostr).message;
  }

  @Post()
  receive(@Query() query: Record<string, string>, @Body() body: { xml: { encrypt: string[] } }): string {
    const { message } = decrypt(this.key, body.xml.encrypt[0]);
    console.log(message, query.nonce);
    return 'success';
  }
}

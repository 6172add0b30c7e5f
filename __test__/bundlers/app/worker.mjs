import { messagePush } from 'wechat-push/fetch';
import { account, reply } from './account.js';

const respond = messagePush(account, reply);

export default { fetch: (request, _, context) => respond(request, context) };

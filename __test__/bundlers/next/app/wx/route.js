import { messagePush } from 'wechat-push/fetch';
import { account, reply } from '../../../app/account.js';

const respond = messagePush(account, reply);

export { respond as GET, respond as POST };

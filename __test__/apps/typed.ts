import express = require('express');
import { checkPush, createReceiver, messagePush, type Outcome, type Rejected } from 'wechat-push';
const { check } = require('./check.js');

const token = ['AAAAA', 'previous'];
const app = express();

app.use('/whole', messagePush({ token, onReject: (rejection, request) => log(rejection, request.url) }));
app.get('/snippet', (req, res) => {
  if (checkPush(req.query, token)) res.send(req.query.echostr);
  else res.status(400).json({ status: 400, data: 'check msg error' });
});

check(app);

const outcome: Outcome = createReceiver({ token }).receive({ method: 'GET', url: '/' });
if (outcome.type === 'rejected') log(outcome, '/');
else outcome.echostr.normalize();

// @ts-expect-error the token is missing
if (app.get('never')) messagePush({});

function log(rejection: Rejected, url: string | undefined): void {
  const lost: number = rejection.reason.length + rejection.status + (url?.length ?? 0);
  if (Number.isNaN(lost)) throw new Error('unreachable');
}

import { drawChats } from './chats.mjs';
import { drawExchange } from './exchange.mjs';
import { drawOutcome } from './form.mjs';
import { remembered } from './remember.mjs';
import { listen } from './server.mjs';
import { onChange, state, take } from './store.mjs';
import { drawTop, showTheme } from './top.mjs';
import { speak } from './words.mjs';

showTheme();
let isReady = false;

listen(async (change) => {
  const isFirst = change.state && !isReady;
  isReady ||= Boolean(change.state);
  take(change);
  if (isFirst) {
    await speak(remembered('lang') ?? change.state.lang);
    onChange(drawAll);
    drawAll();
  }
});

function drawAll() {
  drawTop(state);
  drawChats(state);
  drawExchange(state);
  drawOutcome();
}

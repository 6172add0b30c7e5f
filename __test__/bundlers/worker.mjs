import bot from './bot.js';

export default { fetch: () => new Response(bot.answers()) };

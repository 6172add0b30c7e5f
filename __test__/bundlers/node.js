'use strict';

console.log(require('./bot.js').answers());

// @ts-nocheck -- here TypeScript knows no function that has its exports as properties

'use strict';

const wechat = require('../lib/compat/wechat.js');

module.exports = wechat;
// One by one, so that they can be imported by name.
module.exports.List = wechat.List;
module.exports.Event = wechat.Event;
module.exports.checkSignature = wechat.checkSignature;
module.exports.text = wechat.text;
module.exports.image = wechat.image;
module.exports.voice = wechat.voice;
module.exports.video = wechat.video;
module.exports.shortvideo = wechat.shortvideo;
module.exports.location = wechat.location;
module.exports.link = wechat.link;
module.exports.event = wechat.event;
module.exports.hardware = wechat.hardware;
module.exports.device_text = wechat.device_text;
module.exports.device_event = wechat.device_event;

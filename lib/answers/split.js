'use strict';
function splitText(text, bytes) { const b = Buffer.from(text); return [b.subarray(0, bytes).toString(), b.subarray(bytes).toString()]; }
function splitGrowing(text) { const at = Math.max(text.lastIndexOf('。'), text.lastIndexOf('\n')) + 1; return [text.slice(0, at), text.slice(at)]; }
module.exports = { splitText, splitGrowing };

'use strict';

const { serve } = require('../support/servers.js');

/** Where hosts with paths have the adapter. */
const PATH = '/wx/push';

/** Serves at a path; resolves to the URL. */
async function serveAt(app) {
  return (await serve(app)) + PATH;
}

/** An answer of the app itself. */
function answering(res) {
  return (status, text) => {
    res.statusCode = status;
    res.end(text);
  };
}

module.exports = { PATH, answering, serveAt };

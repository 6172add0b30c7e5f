'use strict';

/** From Node 24 on, V8 is faster without this. */
const IS_NEEDED = Number(process.versions.node.split('.')[0]) < 24;

/**
 * Express gives each request and response another prototype, after which V8 makes a hidden class of its own
 * for each of them and has to look up every property anew: a hundred times a request, a fifth to a third of
 * its time (bench/README.md). To delete a property other than the last makes a dictionary of an object, and
 * the dictionaries of one prototype share a class.
 * @param {any} req
 * @param {any} res
 */
function shareHiddenClasses(req, res) {
  // Express has them refer to each other.
  if (!IS_NEEDED || req.res !== res || res.req !== req) return;
  if (Reflect.deleteProperty(req, 'res')) req.res = res;
  if (Reflect.deleteProperty(res, 'req')) res.req = req;
}

module.exports = { shareHiddenClasses };

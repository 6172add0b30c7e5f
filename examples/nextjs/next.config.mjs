// Out of the bundle, where it would run as WebAssembly, the faster addon runs.
export default { serverExternalPackages: ['wechat-push'] };

// The package brings native code, which a bundle cannot hold.
export default { serverExternalPackages: ['wechat-push'] };

//! What else than a signature an account may go by, as data.

/// Something in whose name pushes come without a signature.
#[derive(Debug, PartialEq, Eq)]
pub struct Trust {
    /// What the option `trust` calls it.
    pub name: &'static str,
    /// The headers, in lower case, one of which it puts on everything that came through WeChat.
    pub headers: &'static [&'static str],
    /// The `action` by which it looks whether a path answers.
    pub(crate) check: &'static str,
}

/// In which field that stands.
pub(crate) const ACTION: &str = "action";

/// What it wants to hear then.
pub(crate) const LOOKED_AT: &str = "success";

/// 微信云托管 and its cloud functions, which WeChat reaches inside of its cloud, without Token and signature. Who can
/// reach them from outside can write the headers, too.
/// <https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html>
pub const CLOUDRUN: Trust = Trust {
    name: "cloudrun",
    headers: &["x-wx-source", "x-wx-sources"],
    check: "CheckContainerPath",
};

/// Those that the option `trust` names.
pub const TRUSTS: [&Trust; 1] = [&CLOUDRUN];

impl Trust {
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        TRUSTS.into_iter().find(|trust| trust.name == name)
    }
}

//! The official spelling of names that a body parser wrote in lower case.

use std::borrow::Cow;

use crate::document::{Object, Value};
use crate::message::names::{CHANGE_TYPE, EVENT, INFO_TYPE, MSG_TYPE};
use crate::message::routing::RoutingFields;
use crate::message::row::{Field, Fields, Shape};
use crate::message::rows::Kind;
use crate::platform::Family;

/// `<ToUserName>` may have come as `tousername`. One name is spelt differently in different pushes, so that what
/// the push is comes first.
pub(crate) fn restore_names(push: &mut Object, family: Family) {
    if family == Family::Bot {
        // They are in lower case already.
        return;
    }
    for official in [MSG_TYPE, EVENT, INFO_TYPE, CHANGE_TYPE] {
        let like = |(name, _): &&mut (Cow<str>, Value)| name.eq_ignore_ascii_case(official);
        if let Some((name, _)) = push.0.iter_mut().find(like) {
            *name = official.into();
        }
    }
    let kind = Kind::of(&RoutingFields::of(push, family), family);
    part(push, kind);
    restore(push, &|name| kind.spelt_like(name));
}

/// Gives fields that came under another spelling their names.
pub(super) fn settle_variants(object: &mut Object, fields: &'static Fields) {
    for at in 0..object.0.len() {
        let name = object.0[at].0.as_ref();
        let is_it = |field: &&Field| field.name == name || field.variant == name;
        let Some(field) = fields.0.iter().find(is_it) else { continue };
        if let Shape::Object(inner) = &field.shape {
            object.0[at].1.each_object(&mut |object| settle_variants(object, inner));
        }
        if object.get(field.name).is_none() {
            object.0[at].0 = field.name.into();
        }
    }
}

/// `AppId`, which many pushes have, and `appid`, which some have beside it, came as two values of one name.
fn part(push: &mut Object, kind: Kind) {
    for at in 0..push.0.len() {
        let (name, value) = &mut push.0[at];
        let Some(common) = kind.common_beside(name) else { continue };
        if let Value::List(items) = value
            && items.len() == 2
        {
            let first = items.remove(0);
            push.0.push((common.name.into(), first));
        }
    }
}

fn restore(object: &mut Object, find: &dyn Fn(&str) -> Option<&'static Field>) {
    for at in 0..object.0.len() {
        let Some(field) = find(&object.0[at].0) else { continue };
        if let Shape::Object(fields) = &field.shape {
            let find = |name: &str| fields.spelt_like(name);
            object.0[at].1.each_object(&mut |object| restore(object, &find));
        }
        if object.get(field.name).is_none() {
            object.0[at].0 = field.name.into();
        }
    }
}

//! What JavaScript knows by a number.

use std::rc::Rc;

/// Things under numbers that JavaScript gives. It gives that of a closed one again, so there is room for no more than
/// were ever open at once.
pub(crate) struct Numbered<T>(Vec<Option<Rc<T>>>);

impl<T> Numbered<T> {
    pub(crate) const fn new() -> Self {
        Self(vec![])
    }

    pub(crate) fn open(&mut self, number: u32, thing: T) {
        let index = number as usize;
        if self.0.len() <= index {
            self.0.resize_with(index + 1, || None);
        }
        self.0[index] = Some(Rc::new(thing));
    }

    pub(crate) fn get(&self, number: u32) -> Option<Rc<T>> {
        self.0.get(number as usize)?.clone()
    }

    /// The same for as long as nothing is opened or closed.
    #[cfg(any(test, target_arch = "wasm32"))]
    pub(crate) fn look_at(&self, number: u32) -> Option<&T> {
        self.0.get(number as usize)?.as_deref()
    }

    /// Takes it out, for the caller to drop.
    pub(crate) fn close(&mut self, number: u32) -> Option<Rc<T>> {
        self.0.get_mut(number as usize)?.take()
    }
}

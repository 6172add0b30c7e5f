//! What JavaScript knows by a number.

use std::rc::Rc;

/// Things under numbers. That of a closed one is given again, so there is room for no more than were ever open at once.
pub(crate) struct Numbered<T> {
    things: Vec<Option<Rc<T>>>,
    /// In WebAssembly JavaScript counts.
    #[cfg(not(target_arch = "wasm32"))]
    free: Vec<u32>,
}

impl<T> Numbered<T> {
    pub(crate) const fn new() -> Self {
        Self {
            things: vec![],
            #[cfg(not(target_arch = "wasm32"))]
            free: vec![],
        }
    }

    /// Opens a thing under a number that nothing open has, whichever copy of the JavaScript opened it: all copies of a
    /// thread have the same addon.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn add(&mut self, thing: T) -> u32 {
        let behind = u32::try_from(self.things.len()).unwrap_or(u32::MAX);
        let number = self.free.pop().unwrap_or(behind);
        self.open(number, thing);
        number
    }

    pub(crate) fn open(&mut self, number: u32, thing: T) {
        let index = number as usize;
        if self.things.len() <= index {
            self.things.resize_with(index + 1, || None);
        }
        self.things[index] = Some(Rc::new(thing));
    }

    pub(crate) fn get(&self, number: u32) -> Option<Rc<T>> {
        self.things.get(number as usize)?.clone()
    }

    /// The same for as long as nothing is opened or closed.
    #[cfg(any(test, target_arch = "wasm32"))]
    pub(crate) fn look_at(&self, number: u32) -> Option<&T> {
        self.things.get(number as usize)?.as_deref()
    }

    /// Takes it out, for the caller to drop.
    pub(crate) fn close(&mut self, number: u32) -> Option<Rc<T>> {
        let closed = self.things.get_mut(number as usize)?.take()?;
        #[cfg(not(target_arch = "wasm32"))]
        self.free.push(number);
        Some(closed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_given_again_once_it_is_closed() {
        let mut numbered = Numbered::new();
        assert_eq!([numbered.add('a'), numbered.add('b'), numbered.add('c')], [0, 1, 2]);
        assert_eq!(numbered.close(1).as_deref(), Some(&'b'));
        assert_eq!(numbered.close(1), None);
        assert_eq!(numbered.close(7), None);
        assert_eq!([numbered.add('d'), numbered.add('e')], [1, 3]);
        assert_eq!(numbered.get(1).as_deref(), Some(&'d'));
        assert_eq!(numbered.get(2).as_deref(), Some(&'c'));
    }
}

//! One or a few of something, of which the first lies where its owner does. Of thousands of accounts none is in the
//! processor's caches when its turn comes, and it waits for each further place in memory.

/// None, one or more, in order.
pub(crate) struct Few<T> {
    first: Option<T>,
    others: Vec<T>,
}

impl<T> Few<T> {
    /// With room for so many and no more.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self { first: None, others: Vec::with_capacity(count.saturating_sub(1)) }
    }

    pub(crate) fn push(&mut self, one: T) {
        match self.first {
            None => self.first = Some(one),
            Some(_) => self.others.push(one),
        }
    }

    pub(crate) fn first(&self) -> Option<&T> {
        self.first.as_ref()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        match index.checked_sub(1) {
            None => self.first(),
            Some(index) => self.others.get(index),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter().chain(&self.others)
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.first.iter_mut().chain(&mut self.others)
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(all: Vec<T>) -> Self {
        let mut few = Self::with_capacity(all.len());
        for one in all {
            few.push(one);
        }
        few
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_those_of_a_list_in_its_order() {
        for count in 0..4 {
            let list: Vec<_> = (0..count).collect();
            let mut few = Few::from(list.clone());
            assert!(few.iter().eq(&list));
            assert_eq!(few.first(), list.first());
            assert!((0..5).all(|index| few.get(index) == list.get(index)));
            few.iter_mut().for_each(|one| *one += 1);
            assert!(few.iter().copied().eq(1..=count));
        }
    }
}

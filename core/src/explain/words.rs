//! In what form the core has what there is to say.

/// The language of hints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English
    English,
    /// 简体中文
    Chinese,
}

/// What is said of something, by the name that it has in the table.
#[derive(Debug)]
pub struct Sentences {
    /// Its name.
    pub key: &'static str,
    /// In English.
    pub en: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// Of a reply that breaks a rule: what becomes of it.
    pub outcome: &'static str,
}

/// All there is to say.
#[derive(Debug)]
pub struct AllSentences {
    /// Hints.
    pub hints: &'static [Sentences],
    /// What to do about each reason.
    pub fixes: &'static [Sentences],
    /// What is held against replies.
    pub replies: &'static [Sentences],
}

impl Sentences {
    pub(super) fn of(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::Chinese => self.zh,
        }
    }
}

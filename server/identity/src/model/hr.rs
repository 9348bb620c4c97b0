//! Fields of a profile that may come from the personnel department.

/// A field of a profile that may be kept by the personnel department (HR). It says so where it is shown, and
/// the person does not change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, async_graphql::Enum)]
pub enum HrField {
    /// Full name.
    Name,
    /// Job title.
    Title,
    /// Where the person works.
    Location,
    /// E-mail address.
    Email,
    /// Phone on the desk.
    Phone,
    /// Mobile phone.
    Mobile,
    /// Room or floor.
    Office,
    /// Languages the person speaks.
    Languages,
}

impl HrField {
    /// All fields.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Title,
        Self::Location,
        Self::Email,
        Self::Phone,
        Self::Mobile,
        Self::Office,
        Self::Languages,
    ];

    /// As stored, and as the inputs of mutations name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Location => "location",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Mobile => "mobile",
            Self::Office => "office",
            Self::Languages => "languages",
        }
    }

    /// Reads what [`HrField::as_str`] wrote; fields a newer version knows are left out.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == text)
    }
}

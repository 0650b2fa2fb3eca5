//! Columns as the protocol's types.

use anyhow::{Result, anyhow};
use frontdesk_protocol::{List, Metadata, Timestamp};
use sqlx::Row as _;
use sqlx::any::AnyRow;

/// The id in a column.
pub fn id<T: TryFrom<String, Error = &'static str>>(row: &AnyRow, column: &str) -> Result<T> {
    let text: String = row.try_get(column)?;
    T::try_from(text).map_err(|error| anyhow!("{column}: {error}"))
}

/// The id in a column that may be empty.
pub fn maybe_id<T: TryFrom<String, Error = &'static str>>(
    row: &AnyRow,
    column: &str,
) -> Result<Option<T>> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| T::try_from(text).map_err(|error| anyhow!("{column}: {error}")))
        .transpose()
}

/// The text in a column.
pub fn text(row: &AnyRow, column: &str) -> Result<String> {
    Ok(row.try_get(column)?)
}

/// The text in a column that may be empty.
pub fn maybe_text(row: &AnyRow, column: &str) -> Result<Option<String>> {
    Ok(row.try_get(column)?)
}

/// The time in a column.
pub fn time(row: &AnyRow, column: &str) -> Result<Timestamp> {
    Ok(Timestamp(row.try_get(column)?))
}

/// The time in a column that may be empty.
pub fn maybe_time(row: &AnyRow, column: &str) -> Result<Option<Timestamp>> {
    let time: Option<i64> = row.try_get(column)?;
    Ok(time.map(Timestamp))
}

/// The number in a column, which is never negative.
pub fn count(row: &AnyRow, column: &str) -> Result<u32> {
    let count: i64 = row.try_get(column)?;
    Ok(u32::try_from(count)?)
}

/// The number in a column that may be empty.
pub fn maybe_count(row: &AnyRow, column: &str) -> Result<Option<i64>> {
    Ok(row.try_get(column)?)
}

/// The metadata in a column; none where it is empty.
pub fn metadata(row: &AnyRow, column: &str) -> Result<Metadata> {
    let text = maybe_text(row, column)?;
    let read = text.map(|text| serde_json::from_str(&text)).transpose()?;
    Ok(read.unwrap_or_default())
}

/// How much there is beyond a page of rows with a `total`; a page beyond the end tells nothing.
pub fn total(found: &[AnyRow]) -> Result<u32> {
    found.first().map_or(Ok(0), |first| count(first, "total"))
}

/// A page of rows with a `total`.
pub fn page<T>(found: &[AnyRow], read: impl Fn(&AnyRow) -> Result<T>) -> Result<List<T>> {
    let data: Result<Vec<_>> = found.iter().map(read).collect();
    Ok(List {
        data: data?,
        total_count: total(found)?,
    })
}

/// One text in which each of these words is between spaces; nothing where there are none.
pub fn words(words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| format!(" {} ", words.join("  ")))
}

/// What a text that is looked for is like, for `ESCAPE '!'`.
pub fn pattern(query: &str) -> String {
    let literal = query
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    format!("%{literal}%")
}

/// What a list is put in order by, and whether the last comes first: a name with a sign before it or none; the plus of
/// a query is a space.
pub fn order(text: &str) -> (&str, bool) {
    let name = text.strip_prefix(['-', '+', ' ']).unwrap_or(text);
    (name, text.starts_with('-'))
}

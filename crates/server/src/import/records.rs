//! The records of a file, one after the other: CSV with a header, JSON lines, an array, or an array under `users`.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Seek as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value};

/// The longest record in bytes, so that no file takes all memory.
const LONGEST: usize = 1 << 20;

/// What a record says, by name.
pub type Record = Map<String, Value>;

/// Reads a file record by record.
pub enum Records {
    /// Comma-separated.
    Csv(Box<csv::Reader<BufReader<File>>>, csv::StringRecord),
    /// Objects, whatever is between them.
    Json(Objects),
}

/// The objects of a file of JSON.
pub struct Objects {
    input: BufReader<File>,
    line: u64,
    byte: u64,
}

/// A record, or why it is none, with the line that it begins on and the byte that it ends before.
pub struct Found {
    /// The line, from 1.
    pub line: u64,
    /// The byte.
    pub byte: u64,
    /// What it says.
    pub record: Result<Record, String>,
}

impl Records {
    /// Opens a file; one that begins with a brace or a bracket is JSON.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn open(path: &Path) -> Result<Self> {
        let open = || File::open(path).with_context(|| format!("cannot open {}", path.display()));
        let mut input = BufReader::new(open()?);
        let start = input.fill_buf()?;
        let first = start
            .iter()
            .copied()
            .find(|byte| !byte.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(byte));
        if !matches!(first, Some(b'{' | b'[')) {
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
            let header = reader.headers()?.iter();
            let header = header.map(|it| it.trim_start_matches('\u{feff}').trim());
            let header = header.collect();
            return Ok(Self::Csv(Box::new(reader), header));
        }
        // `{"users": [` is no record.
        let head = String::from_utf8_lossy(start).into_owned();
        let is_wrapped = head
            .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
            .strip_prefix('{')
            .is_some_and(|rest| rest.trim_start().starts_with("\"users\""));
        input.rewind()?;
        let mut objects = Objects {
            input,
            line: 1,
            byte: 0,
        };
        if is_wrapped {
            while objects.next_byte()?.context("no users")? != b'[' {}
        }
        Ok(Self::Json(objects))
    }

    /// The next one.
    ///
    /// # Errors
    /// Where the file cannot be read any further.
    pub fn next(&mut self) -> Result<Option<Found>> {
        match self {
            Self::Csv(reader, header) => {
                let mut row = csv::StringRecord::new();
                let line = reader.position().line();
                let read = reader.read_record(&mut row);
                let byte = reader.position().byte();
                let record = match read {
                    Ok(false) => return Ok(None),
                    Ok(true) if row.len() > header.len() => {
                        Err("it has more columns than the header".to_owned())
                    }
                    Ok(true) => Ok(header
                        .iter()
                        .zip(row.iter())
                        .map(|(name, text)| (name.to_owned(), Value::String(text.to_owned())))
                        .collect()),
                    Err(error) if error.is_io_error() => return Err(error.into()),
                    Err(error) => Err(error.to_string()),
                };
                let line = row.position().map_or(line, csv::Position::line);
                Ok(Some(Found { line, byte, record }))
            }
            Self::Json(objects) => objects.next(),
        }
    }
}

impl Objects {
    fn next_byte(&mut self) -> Result<Option<u8>> {
        let byte = self.input.fill_buf()?.first().copied();
        if let Some(byte) = byte {
            self.input.consume(1);
            self.byte += 1;
            self.line += u64::from(byte == b'\n');
        }
        Ok(byte)
    }

    fn next(&mut self) -> Result<Option<Found>> {
        loop {
            match self.next_byte()? {
                None => return Ok(None),
                Some(b'{') => break,
                Some(_) => {}
            }
        }
        let line = self.line;
        let mut text = vec![b'{'];
        let (mut depth, mut is_text, mut is_escaped) = (1, false, false);
        while depth > 0 {
            let Some(byte) = self.next_byte()? else {
                bail!("line {line}: the file ends within a record");
            };
            text.push(byte);
            if text.len() > LONGEST {
                bail!("line {line}: a record is longer than {LONGEST} bytes");
            }
            if is_text {
                is_text = is_escaped || byte != b'"';
                is_escaped = !is_escaped && byte == b'\\';
            } else {
                match byte {
                    b'"' => is_text = true,
                    b'{' => depth += 1,
                    b'}' => depth -= 1,
                    _ => {}
                }
            }
        }
        let record = serde_json::from_slice(&text).map_err(|error| error.to_string());
        Ok(Some(Found {
            line,
            byte: self.byte,
            record,
        }))
    }
}

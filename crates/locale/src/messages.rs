//! One method per message, and the catalogues, as the build script wrote them.

use crate::interpret::Argument;
use crate::text::Text;

include!(concat!(env!("OUT_DIR"), "/text.rs"));

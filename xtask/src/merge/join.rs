//! One module that does what several do.
//!
//! They are of the splitter's making: of one program, they have the same types; they import its memory, its
//! table and its globals, export nothing and find each other's functions in the table.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use anyhow::{Context as _, Result, ensure};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, CustomSection, DataSection, ElementSection, EntityType, FunctionSection,
    ImportSection, NameMap, NameSection, RawSection, SectionId,
};
use wasmparser::{
    CustomSectionReader, Data, Element, FunctionBody, Import, KnownCustom, Name, Parser, Payload,
    TypeRef,
};

/// A module as it is read.
#[derive(Default)]
pub struct Module<'a> {
    types: &'a [u8],
    imports: Vec<Import<'a>>,
    /// By their types.
    functions: Vec<u32>,
    elements: Vec<Element<'a>>,
    bodies: Vec<FunctionBody<'a>>,
    data: Vec<Data<'a>>,
    names: BTreeMap<u32, &'a str>,
    others: Vec<CustomSectionReader<'a>>,
}

impl<'a> Module<'a> {
    /// Reads a module.
    ///
    /// # Errors
    /// If it is not one of those that can be joined.
    pub fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut module = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload?;
            let is_own = matches!(
                payload,
                Payload::TableSection(_)
                    | Payload::MemorySection(_)
                    | Payload::GlobalSection(_)
                    | Payload::StartSection { .. }
            );
            ensure!(!is_own, "a shared module has what is its own: {payload:?}");
            if let Payload::TypeSection(types) = payload {
                module.types = &bytes[types.range()];
            } else if let Payload::ImportSection(imports) = payload {
                module.imports = imports.into_imports().collect::<Result<_, _>>()?;
            } else if let Payload::FunctionSection(functions) = payload {
                module.functions = functions.into_iter().collect::<Result<_, _>>()?;
            } else if let Payload::ExportSection(exports) = payload {
                ensure!(exports.count() == 0, "a shared module exports something");
            } else if let Payload::ElementSection(elements) = payload {
                module.elements = elements.into_iter().collect::<Result<_, _>>()?;
            } else if let Payload::CodeSectionEntry(body) = payload {
                module.bodies.push(body);
            } else if let Payload::DataSection(data) = payload {
                module.data = data.into_iter().collect::<Result<_, _>>()?;
            } else if let Payload::CustomSection(section) = payload {
                module.custom(section)?;
            }
        }
        Ok(module)
    }

    fn custom(&mut self, section: CustomSectionReader<'a>) -> Result<()> {
        let KnownCustom::Name(names) = section.as_known() else {
            self.others.push(section);
            return Ok(());
        };
        for kind in names {
            if let Name::Function(names) = kind? {
                for naming in names {
                    let naming = naming?;
                    self.names.insert(naming.index, naming.name);
                }
            }
        }
        Ok(())
    }

    /// The bytes of its functions and data.
    pub fn size(&self) -> usize {
        let functions = self.bodies.iter().map(|body| body.as_bytes().len());
        let data = self.data.iter().map(|data| data.data.len());
        functions.chain(data).sum()
    }
}

/// The number that the first function of a module has in the whole.
struct Shift(u32);

impl Reencode for Shift {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(self.0 + function)
    }
}

/// The module that is `modules` together.
///
/// # Errors
/// If they are not alike.
pub fn join(modules: &[Module]) -> Result<Vec<u8>> {
    let whole = modules.first().context("there is nothing to join")?;
    let is_alike = modules.iter().all(|module| module.types == whole.types);
    ensure!(is_alike, "the modules are not of one program");
    let mut functions = FunctionSection::new();
    let mut elements = ElementSection::new();
    let mut code = CodeSection::new();
    let mut data = DataSection::new();
    let mut called = NameMap::new();
    for module in modules {
        let mut shift = Shift(functions.len());
        for (function, name) in &module.names {
            called.append(shift.0 + function, name);
        }
        for kind in &module.functions {
            functions.function(*kind);
        }
        for element in &module.elements {
            shift.parse_element(&mut elements, element.clone())?;
        }
        for body in &module.bodies {
            shift.parse_function_body(&mut code, body.clone())?;
        }
        for piece in module.data.iter().filter(|piece| !piece.data.is_empty()) {
            shift.parse_data(&mut data, piece.clone())?;
        }
    }
    let mut names = NameSection::new();
    names.functions(&called);
    let mut joined = wasm_encoder::Module::new();
    let types = RawSection {
        id: SectionId::Type.into(),
        data: whole.types,
    };
    joined.section(&types).section(&imports(modules)?);
    joined.section(&functions).section(&elements);
    joined.section(&code).section(&data).section(&names);
    for other in &whole.others {
        joined.section(&CustomSection {
            name: other.name().into(),
            data: other.data().into(),
        });
    }
    Ok(joined.finish())
}

/// What the modules import; of each kind there is one, so that it has the same number in all of them.
fn imports(modules: &[Module]) -> Result<ImportSection> {
    let mut imports = ImportSection::new();
    let mut known = BTreeSet::new();
    let mut kinds = Vec::new();
    for import in modules.iter().flat_map(|module| &module.imports) {
        let is_function = matches!(import.ty, TypeRef::Func(_));
        ensure!(!is_function, "a shared module imports a function");
        if known.insert((import.module, import.name)) {
            let kind = std::mem::discriminant(&import.ty);
            ensure!(!kinds.contains(&kind), "`{}` is another one", import.name);
            kinds.push(kind);
            let ty = EntityType::try_from(import.ty)?;
            imports.import(import.module, import.name, ty);
        }
    }
    Ok(imports)
}

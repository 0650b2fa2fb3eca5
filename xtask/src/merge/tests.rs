//! Which modules are put together, how they are fetched then, and that they run.

use std::collections::BTreeMap;

use anyhow::Result;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, Function,
    FunctionSection, ImportSection, InstructionSink, MemoryType, RefType, TableType, TypeSection,
};

use super::{FILE, Group, Module, chosen, join, listed};
use crate::run::{command, output};

fn group<'a>(name: &'a str, users: &[&'a str], size: usize) -> Group<'a> {
    Group {
        names: vec![name],
        users: users.iter().copied().collect(),
        size,
    }
}

fn names(groups: Vec<Group>) -> Vec<String> {
    let names = groups.into_iter().map(|group| group.names.join(" "));
    names.collect()
}

#[test]
fn small_modules_of_nearly_the_same_parts_are_put_together() {
    let groups = vec![
        group("a", &["client", "account"], FILE),
        group("b", &["client", "account", "organization"], 100),
        group("c", &["account", "organization"], 9 * FILE),
    ];
    assert_eq!(names(chosen(groups)), ["a b", "c"]);
}

#[test]
fn what_is_nothing_to_a_sign_in_is_not_put_with_what_it_fetches() {
    let size = FILE * 3 / 4;
    let with = |part| {
        let first = group("a", &[part, "account"], 100);
        names(chosen(vec![first, group("b", &["account"], size)])).len()
    };
    assert_eq!((with("client"), with("sign_in_steps")), (1, 2));
}

#[test]
fn a_part_fetches_each_file_once() -> Result<()> {
    let list = "const __chunk_1 = makeLoad(() => 1\n, []);\n\
        const __chunk_2 = makeLoad(() => 2\n, []);\n\
        const a = wrap(makeLoad(() => 3\n, [__chunk_1, __chunk_2]));\n\
        const b = wrap(makeLoad(() => 4\n, [__chunk_2]));\n";
    let homes = BTreeMap::from([("chunk_1", "chunk_1"), ("chunk_2", "chunk_1")]);
    let expected = "const __chunk_1 = makeLoad(() => 1\n, []);\n\
        const a = wrap(makeLoad(() => 3\n, [__chunk_1]));\n\
        const b = wrap(makeLoad(() => 4\n, [__chunk_1]));\n";
    assert_eq!(listed(list, &homes)?, expected);
    Ok(())
}

/// A module of functions that give a number, with the last of them in the table and a byte in the memory.
fn module(place: i32, byte: u8, bodies: &[&dyn Fn(&mut InstructionSink)]) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], [wasm_encoder::ValType::I32]);
    let mut imports = ImportSection::new();
    let memory = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    let table = TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 3,
        maximum: None,
        shared: false,
    };
    imports.import("main", "memory", EntityType::Memory(memory));
    imports.import("main", "table", EntityType::Table(table));
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    for body in bodies {
        let mut function = Function::new([]);
        body(&mut function.instructions());
        function.instructions().end();
        functions.function(0);
        code.function(&function);
    }
    let mut elements = ElementSection::new();
    let last = functions.len() - 1;
    let placed = Elements::Functions(vec![last].into());
    elements.active(None, &ConstExpr::i32_const(place), placed);
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(place), [byte]);
    let mut module = wasm_encoder::Module::new();
    module.section(&types).section(&imports).section(&functions);
    module.section(&elements).section(&code).section(&data);
    module.finish()
}

#[test]
fn joined_modules_call_each_other_and_read_what_is_theirs() -> Result<()> {
    const PROGRAM: &str = "const [bytes] = process.argv.slice(1); \
        const memory = new WebAssembly.Memory({ initial: 1 }); \
        const table = new WebAssembly.Table({ element: 'anyfunc', initial: 3 }); \
        const module = new WebAssembly.Module(new Uint8Array(JSON.parse(bytes))); \
        new WebAssembly.Instance(module, { main: { memory, table } }); \
        console.log(table.get(1)(), table.get(2)());";
    let load = |place| {
        move |code: &mut InstructionSink| {
            let address = wasm_encoder::MemArg {
                offset: place,
                align: 0,
                memory_index: 0,
            };
            code.i32_const(0).i32_load8_u(address);
        }
    };
    let own = |code: &mut InstructionSink| {
        code.call(0);
    };
    let theirs = |code: &mut InstructionSink| {
        code.i32_const(2).call_indirect(0, 0);
        code.call(0).i32_add();
    };
    let one = module(1, 2, &[&load(1), &theirs]);
    let other = module(2, 40, &[&load(2), &own]);
    let joined = join(&[Module::read(&one)?, Module::read(&other)?])?;
    let bytes = format!("{joined:?}");
    let printed = output(command("node").args(["--eval", PROGRAM, "--", &bytes]))?;
    assert_eq!(printed.trim(), "42 40");
    Ok(())
}

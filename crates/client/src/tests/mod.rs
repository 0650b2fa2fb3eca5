//! The client against a server that says what each test wants it to say.

mod account_routes;
mod faults;
mod loading;
mod news;
mod organizations;
mod routes;
mod step_up;
mod tokens;
mod world;

//! Android's own classes as oracle: what its parser reads, which filters its matching lets through, which apps it holds
//! eligible for text messages; once from recorded rows, once from the classes themselves.

mod compare;
mod live;
mod probes;
mod recorded;
mod refusal;
mod rows;
mod run;
mod table;
mod texts;
mod through_jni;

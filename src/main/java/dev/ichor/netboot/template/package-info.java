/// Go's `text/template` as far as Matchbox users write it: values, `if`, `with`, `range`,
/// variables, pipelines and the built-in functions, printed as Go prints them. What is not
/// understood here (`define`, `template`, `block`, complex numbers) is an error that names it and
/// its line, never a wrong text. Text in, text out; no files, no network.
@NullMarked
package dev.ichor.netboot.template;

import org.jspecify.annotations.NullMarked;

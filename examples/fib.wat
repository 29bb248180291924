;; A recursive function that waits for the host at its leaves: any module can, and thousands of calls at once.
;;   npx brolga run examples/fib.wat --host examples/fib-host.mjs --call fib --args '[12]'
(module
  (import "host" "leaf" (func async $leaf (param i32) (result i32)))
  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
      (then (call $leaf (local.get $n)))
      (else (i32.add
        (call $fib (i32.sub (local.get $n) (i32.const 1)))
        (call $fib (i32.sub (local.get $n) (i32.const 2))))))))

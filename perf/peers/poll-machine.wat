;; The peer of P1 and P2: a poll state machine as one would write it by hand, with the same bookkeeping as a compiled one:
;; a state word and br_table, a FIFO linked through the frames, a resume value, a result, fuel.
;;
;; Frame: 0 link, 4 state, 8 i (f64), 16 n (f64), 24 sum (f64), 32 resume value (i64); 40 bytes. Queue: head at 0, tail at 4.
(module
  (memory (export "memory") 1)
  (type $poll (func (param i32) (result i64 i32)))
  (table funcref (elem $strand))
  (global $fuel (mut i64) (i64.const 0))
  (global $resume (mut i64) (i64.const 0))

  (func $enqueue (param $frame i32)
    (i32.store (local.get $frame) (i32.const 0))
    (if (i32.load (i32.const 4))
      (then (i32.store (i32.load (i32.const 4)) (local.get $frame)))
      (else (i32.store (i32.const 0) (local.get $frame))))
    (i32.store (i32.const 4) (local.get $frame)))

  ;; for (i = 0; i < n; i++) { sum += i; await null; }
  (func $strand (type $poll) (param $frame i32) (result i64 i32)
    (local $i f64) (local $n f64) (local $sum f64)
    (local.set $i (f64.load offset=8 (local.get $frame)))
    (local.set $n (f64.load offset=16 (local.get $frame)))
    (local.set $sum (f64.load offset=24 (local.get $frame)))
    (block $start
      (block $resumed
        (br_table $start $resumed (i32.load offset=4 (local.get $frame))))
      ;; resumed: the value that await gives is dropped
      (drop (global.get $resume))
      (local.set $i (f64.add (local.get $i) (f64.const 1))))
    (global.set $fuel (i64.sub (global.get $fuel) (i64.const 8)))
    (if (i64.lt_s (global.get $fuel) (i64.const 0)) (then unreachable))
    (if (f64.lt (local.get $i) (local.get $n))
      (then
        (f64.store offset=8 (local.get $frame) (local.get $i))
        (f64.store offset=24 (local.get $frame) (f64.add (local.get $sum) (local.get $i)))
        (i32.store offset=4 (local.get $frame) (i32.const 1))
        (i64.store offset=32 (local.get $frame) (i64.const 0))
        (call $enqueue (local.get $frame))
        (return (i64.extend_i32_u (local.get $frame)) (i32.const 0))))
    (i64.reinterpret_f64 (local.get $sum)) (i32.const 1))

  (func $spawn (param $frame i32) (param $n f64)
    (i32.store offset=4 (local.get $frame) (i32.const 0))
    (f64.store offset=8 (local.get $frame) (f64.const 0))
    (f64.store offset=16 (local.get $frame) (local.get $n))
    (f64.store offset=24 (local.get $frame) (f64.const 0))
    (call $enqueue (local.get $frame)))

  ;; Two strands that take turns: every await suspends.
  (func (export "two") (param $n f64) (result f64)
    (local $frame i32) (local $status i32) (local $value i64) (local $sum f64)
    (global.set $fuel (i64.const 0x7fffffffffff))
    (i64.store (i32.const 0) (i64.const 0))
    (call $spawn (i32.const 64) (local.get $n))
    (call $spawn (i32.const 128) (local.get $n))
    (block $idle
      (loop $next
        (br_if $idle (i32.eqz (local.tee $frame (i32.load (i32.const 0)))))
        (i32.store (i32.const 0) (i32.load (local.get $frame)))
        (if (i32.eqz (i32.load (i32.const 0))) (then (i32.store (i32.const 4) (i32.const 0))))
        (global.set $resume (i64.load offset=32 (local.get $frame)))
        (call_indirect (type $poll) (local.get $frame) (i32.const 0))
        (local.set $status)
        (local.set $value)
        (if (local.get $status)
          (then (local.set $sum (f64.add (local.get $sum) (f64.reinterpret_i64 (local.get $value))))))
        (br $next)))
    (local.get $sum))

  ;; One strand whose awaits find the queue empty: a check and on.
  (func (export "ready") (param $n f64) (result f64)
    (local $i f64) (local $sum f64)
    (global.set $fuel (i64.const 0x7fffffffffff))
    (i64.store (i32.const 0) (i64.const 0))
    (block $done
      (loop $next
        (br_if $done (f64.ge (local.get $i) (local.get $n)))
        (global.set $fuel (i64.sub (global.get $fuel) (i64.const 8)))
        (if (i64.lt_s (global.get $fuel) (i64.const 0)) (then unreachable))
        (if (i32.load (i32.const 0)) (then unreachable))
        (local.set $sum (f64.add (local.get $sum) (local.get $i)))
        (local.set $i (f64.add (local.get $i) (f64.const 1)))
        (br $next)))
    (local.get $sum)))

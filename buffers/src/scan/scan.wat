;; The share of one element type in the scan kernel; `scripts/wasm.mjs` makes a module of it. There, a line with `#` is
;; repeated for each accumulator, and TYPE, LOAD# and STEP are filled in: elements arrive as pairs of float64.
;; Of [p, end), whole steps and at least one. Two sums run per accumulator so that additions needn't wait for one another.

;; One pass over elements that are all finite; otherwise sums and squares come out as NaN or infinite. Sums start at
;; `bias`, so much larger than all elements together that what an addition rounds away is found by two subtractions
;; (Dekker). Squares are of the distances from `center`.
(func (export "finite_TYPE") (param $p i32) (param $end i32) (param $out i32) (param $bias f64) (param $center f64)
  (local $min v128) (local $max v128) (local $zeros v128) (local $biases v128) (local $centers v128)
  (local $v# v128) (local $sum# v128) (local $next# v128) (local $lost# v128) (local $squares# v128)
  (local.set $min (v128.const f64x2 inf inf))
  (local.set $max (v128.const f64x2 -inf -inf))
  (local.set $biases (f64x2.splat (local.get $bias)))
  (local.set $centers (f64x2.splat (local.get $center)))
  (local.set $sum# (local.get $biases))
  (loop $steps
    (local.set $v# LOAD#)
    (local.set $min (f64x2.pmin (local.get $min) (local.get $v#)))
    (local.set $max (f64x2.pmax (local.get $max) (local.get $v#)))
    (local.set $zeros (i64x2.sub (local.get $zeros) (f64x2.eq (local.get $v#) (v128.const f64x2 0 0))))
    (local.set $next# (f64x2.add (local.get $sum#) (local.get $v#)))
    (local.set $lost# (f64x2.add (local.get $lost#) (f64x2.sub (local.get $v#) (f64x2.sub (local.get $next#) (local.get $sum#)))))
    (local.set $sum# (local.get $next#))
    (local.set $v# (f64x2.sub (local.get $v#) (local.get $centers)))
    (local.set $squares# (f64x2.add (local.get $squares#) (f64x2.mul (local.get $v#) (local.get $v#))))
    (local.set $p (i32.add (local.get $p) (i32.const STEP)))
    (br_if $steps (i32.lt_u (local.get $p) (local.get $end))))
  (v128.store offset=0 (local.get $out) (local.get $min))
  (v128.store offset=16 (local.get $out) (local.get $max))
  (v128.store offset=48 (local.get $out) (local.get $zeros))
  (v128.store (i32.add (local.get $out) (i32.const SUM#)) (f64x2.sub (local.get $sum#) (local.get $biases)))
  (v128.store (i32.add (local.get $out) (i32.const LOST#)) (local.get $lost#))
  (v128.store (i32.add (local.get $out) (i32.const SQUARES#)) (local.get $squares#))
)

;; The same where there may be NaN, whatever the sizes, in two passes. Writes two of min, max, NaN count and zero count each, then sums and what their additions rounded away (Knuth's
;; two-sum). An infinity shows as such in min or max, and then the sums mean nothing.
(func (export "sums_TYPE") (param $p i32) (param $end i32) (param $out i32)
  (local $min v128) (local $max v128) (local $nan v128) (local $zeros v128)
  (local $v# v128) (local $isNumber# v128) (local $sum# v128) (local $next# v128) (local $added# v128) (local $lost# v128)
  (local.set $min (v128.const f64x2 inf inf))
  (local.set $max (v128.const f64x2 -inf -inf))
  (loop $steps
    (local.set $v# LOAD#)
    (local.set $min (f64x2.pmin (local.get $min) (local.get $v#)))
    (local.set $max (f64x2.pmax (local.get $max) (local.get $v#)))
    (local.set $zeros (i64x2.sub (local.get $zeros) (f64x2.eq (local.get $v#) (v128.const f64x2 0 0))))
    (local.set $isNumber# (f64x2.eq (local.get $v#) (local.get $v#)))
    (local.set $nan (i64x2.sub (local.get $nan) (v128.not (local.get $isNumber#))))
    (local.set $v# (v128.and (local.get $v#) (local.get $isNumber#)))
    (local.set $next# (f64x2.add (local.get $sum#) (local.get $v#)))
    (local.set $added# (f64x2.sub (local.get $next#) (local.get $sum#)))
    (local.set $lost# (f64x2.add (local.get $lost#) (f64x2.add (f64x2.sub (local.get $sum#) (f64x2.sub (local.get $next#) (local.get $added#))) (f64x2.sub (local.get $v#) (local.get $added#)))))
    (local.set $sum# (local.get $next#))
    (local.set $p (i32.add (local.get $p) (i32.const STEP)))
    (br_if $steps (i32.lt_u (local.get $p) (local.get $end))))
  (v128.store offset=0 (local.get $out) (local.get $min))
  (v128.store offset=16 (local.get $out) (local.get $max))
  (v128.store offset=32 (local.get $out) (local.get $nan))
  (v128.store offset=48 (local.get $out) (local.get $zeros))
  (v128.store (i32.add (local.get $out) (i32.const SUM#)) (local.get $sum#))
  (v128.store (i32.add (local.get $out) (i32.const LOST#)) (local.get $lost#))
)

;; Writes sums of squared and of plain distances from `mean`. NaN has none.
(func (export "squares_TYPE") (param $p i32) (param $end i32) (param $out i32) (param $mean f64)
  (local $means v128)
  (local $v# v128) (local $distance# v128) (local $squares# v128) (local $drift# v128)
  (local.set $means (f64x2.splat (local.get $mean)))
  (loop $steps
    (local.set $v# LOAD#)
    (local.set $distance# (v128.and (f64x2.sub (local.get $v#) (local.get $means)) (f64x2.eq (local.get $v#) (local.get $v#))))
    (local.set $squares# (f64x2.add (local.get $squares#) (f64x2.mul (local.get $distance#) (local.get $distance#))))
    (local.set $drift# (f64x2.add (local.get $drift#) (local.get $distance#)))
    (local.set $p (i32.add (local.get $p) (i32.const STEP)))
    (br_if $steps (i32.lt_u (local.get $p) (local.get $end))))
  (v128.store (i32.add (local.get $out) (i32.const SUM#)) (local.get $squares#))
  (v128.store (i32.add (local.get $out) (i32.const LOST#)) (local.get $drift#))
)

/** The lowered module that tests of engines run bare. */
import { HEADER, TRAP } from '../../../jit/abi.js';

/** poll: trapDetail = 3 * pendingOps, by a call through the table whose index stands in static data; traps beyond 5. */
export const SMALL_MODULE = `global header: i32 mut = 0
global data: i32 mut = 0
data limits align 8 "\\05\\00\\00\\00\\00\\00\\00\\00" { 4: func triple }
export "init" = init
export "poll" = poll

func init(i32) {
block0(v0: i32):
  global.set data v0
  return
}

func poll(i32) -> i32 {
block0(v0: i32):
  global.set header v0
  v1 = i32.load v0+${HEADER.slice}
  v2 = data.addr limits
  v3 = i32.load v2
  v4 = i32.gt_s v1, v3
  brif v4, block1, block2
block1:
  trap ${TRAP.fuel}
block2:
  v5 = i32.load v2+4
  v6 = call_indirect v5(v1): (i32) -> i32
  i32.store v0+${HEADER.trapDetail}, v6
  v7 = i32.const 1
  return v7
}

func triple(i32) -> i32 {
block0(v0: i32):
  v1 = i32.const 3
  v2 = i32.mul v0, v1
  return v2
}
`;

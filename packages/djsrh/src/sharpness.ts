/**
 * How steep the tanh of relaxed codes is in an epoch: α = √(epoch + 1).
 *
 * @param epoch  from 0
 * @see Su, Zhong & Zhang, ICCV 2019, section 3.3; the schedule is that of the authors' code
 */
export function sharpness(epoch: number): number {
  return Math.sqrt(epoch + 1);
}

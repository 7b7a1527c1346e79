import { type Run } from '../command.ts'

export const run: Run = () => {
  throw new Error('"key add" is not part of this version yet.')
}

/** `matrix[impact - 1][urgency - 1]`; ITIL 4: priority follows from impact and urgency. */
export type PriorityMatrix = readonly (readonly number[])[]

export const usualMatrix: PriorityMatrix = [
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 5],
]

export const priorityOf = (matrix: PriorityMatrix, impact: number, urgency: number): number =>
  matrix[impact - 1]?.[urgency - 1] ?? 3

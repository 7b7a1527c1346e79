/** Of this Linchpin. */
export const version = '0.1.0'

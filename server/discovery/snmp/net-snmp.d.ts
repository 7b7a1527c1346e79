/** What is used of net-snmp, which brings no types. */
declare module 'net-snmp' {
  export interface Varbind {
    oid: string
    type: number
    value: unknown
  }
  export interface Session {
    get(oids: string[], answer: (error: Error | null, varbinds: Varbind[]) => void): void
    /** For each repeated id what follows it, at most so many. */
    getBulk(
      oids: string[],
      nonRepeaters: number,
      maxRepetitions: number,
      answer: (error: Error | null, varbinds: Varbind[][]) => void,
    ): void
    close(): void
    on(event: 'error', hear: (error: Error) => void): void
  }
  interface Options {
    port: number
    retries: number
    timeout: number
    version?: number
    idBitsSize?: number
  }
  const snmp: {
    createSession(target: string, community: string, options: Options): Session
    createV3Session(target: string, user: object, options: Options): Session
    isVarbindError(varbind: Varbind): boolean
    Version2c: number
    SecurityLevel: { authPriv: number }
    AuthProtocols: Record<string, number>
    PrivProtocols: Record<string, number>
  }
  export default snmp
}

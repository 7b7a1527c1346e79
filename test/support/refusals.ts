import { ApiError } from '../../contract/client.ts'

const said = (promise: Promise<unknown>, of: (error: ApiError) => string): Promise<string> =>
  promise.then(
    () => 'allowed',
    (error: unknown) => (error instanceof ApiError ? of(error) : String(error)),
  )

/** The code an act was refused with, or `allowed`. */
export const codeOf = (promise: Promise<unknown>): Promise<string> => said(promise, (error) => error.code)

/** The paths of the fields an act was refused for, with spaces between them; without any its code, or `allowed`. */
export const placeOf = (promise: Promise<unknown>): Promise<string> =>
  said(promise, (error) => error.body.fields?.map(({ path }) => path).join(' ') ?? error.code)

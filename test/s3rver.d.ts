declare module '@20minutes/s3rver' {
  import type { AddressInfo } from 'node:net'

  /** Accepts the key `S3RVER` with the secret `S3RVER`. */
  export default class S3rver {
    constructor(options: {
      port: number
      address: string
      silent: boolean
      directory: string
      configureBuckets: { name: string }[]
    })
    configureBuckets(): Promise<void>
    run(): Promise<AddressInfo>
    close(): Promise<void>
  }
}

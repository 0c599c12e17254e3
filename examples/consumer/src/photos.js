/** What this application does with photos: it rates and recolours them with Alibaba Cloud's imageenhan. */

import imageenhan from '@alicloud/imageenhan20190930'
import { $OpenApiUtil } from '@alicloud/openapi-core'

const { default: Client, AssessSharpnessRequest, GetAsyncJobResultRequest, RecolorHDImageRequest } = imageenhan

/** A photo that the service could not work with; `code` is the service's own. */
export class PhotoError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

/**
 * @param {{ accessKeyId: string, accessKeySecret: string, endpoint?: string, protocol?: string, pollMs?: number }} options
 */
export function createPhotos({ endpoint = 'imageenhan.cn-shanghai.aliyuncs.com', protocol = 'HTTPS', pollMs = 2000, ...credentials }) {
  const client = new Client(new $OpenApiUtil.Config({ ...credentials, endpoint, protocol }))

  return {
    /**
     * How sharp a photo is, from 0 to 1.
     * @param {string} url
     * @returns {Promise<number>}
     */
    async sharpness(url) {
      const { body } = await client.assessSharpness(new AssessSharpnessRequest({ imageURL: url })).catch(asPhotoError)
      return body.data.sharpness
    },

    /**
     * Recolours a photo, and waits for the result. Returns the URLs of the pictures.
     * @param {string} url
     * @returns {Promise<string[]>}
     */
    async recolour(url) {
      const request = new RecolorHDImageRequest({ url, mode: 'AUTO', colorCount: 2, degree: '0.5' })
      const { body } = await client.recolorHDImage(request).catch(asPhotoError)
      return this.pictures(body.requestId)
    },

    /**
     * Waits for a job of `recolour`, and returns the URLs of its pictures.
     * @param {string} jobId
     * @returns {Promise<string[]>}
     */
    async pictures(jobId) {
      for (;;) {
        const { body } = await client.getAsyncJobResult(new GetAsyncJobResultRequest({ jobId })).catch(asPhotoError)
        const { status, result, errorCode, errorMessage } = body.data
        if (status === 'PROCESS_SUCCESS') return JSON.parse(result).ImageList
        if (status !== 'QUEUING' && status !== 'PROCESSING') throw new PhotoError(errorCode, errorMessage)
        await new Promise((resolve) => setTimeout(resolve, pollMs))
      }
    },
  }
}

/** @type {(error: { code: string, message: string }) => never} */
function asPhotoError({ code, message }) {
  throw new PhotoError(code, message)
}

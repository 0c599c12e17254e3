/** Who has uploaded the file of a medium, as far as the requests to OSS tell. */

import type { Account } from '../../../account/types.js'
import type { File } from '../shared/media/file.js'
import { objectOf, uploadsOf } from '../shared/media/files.js'

/** As GetUploadDetails writes it. */
export interface Uploader {
  UploadSource?: string
  DeviceModel?: string
  UploadIP?: string
}

/** The service's names for its upload clients, by the name that the OSS client inside gives itself. The manual shows the first. */
const SOURCES: Readonly<Record<string, string>> = {
  js: 'WebSDK',
  java: 'JavaSDK',
  cpp: 'C++SDK',
  php: 'PHPSDK',
  python: 'PythonSDK',
  android: 'AndroidSDK',
  ios: 'iOSSDK',
}

/** `aliyun-sdk-js/6.23.0 Chrome 120.0.0.0 on OS X 10.15.7 64-bit` */
const OSS_CLIENT = /^aliyun-sdk-([a-z]+)\/[\d.]+[^A-Za-z]*([A-Za-z.]+)?/

/** Who has uploaded a file, or is about to; empty of a file that nobody uploads, such as one fetched from a URL. */
export function uploaderOf(account: Account, file: File): Uploader {
  const { client = '', address } = objectOf(account, file)?.uploader ?? uploadsOf(account, file).at(-1)?.attributes.uploader ?? {}
  const [, name = '', device] = OSS_CLIENT.exec(client) ?? []
  const source = SOURCES[name]
  return {
    ...(source !== undefined && { UploadSource: source }),
    ...(device !== undefined && { DeviceModel: device }),
    ...(address !== undefined && { UploadIP: address }),
  }
}

import type { File } from 'grammy/types';

import { badRequest, Refusal } from './refusal.ts';
import type { Upload } from './request-body.ts';

const LARGEST_UPLOAD_BYTES = 50 * 1024 * 1024;
const LARGEST_DOWNLOAD_BYTES = 20 * 1024 * 1024;

export interface StoredFile extends Upload {
  fileId: string;
  uniqueId: string;
  /** For the address of the download. */
  path: string;
}

/** Files that were uploaded, by id. */
export class Files {
  readonly #byId = new Map<string, StoredFile>();
  readonly #byPath = new Map<string, StoredFile>();

  /** @throws {Refusal} 413 for more than 50 MB. */
  store(upload: Upload, folder: string): StoredFile {
    if (upload.content.length > LARGEST_UPLOAD_BYTES) {
      throw new Refusal(413, 'Request Entity Too Large');
    }
    const number = this.#byId.size + 1;
    const extension = /\.[A-Za-z0-9]{1,8}$/u.exec(upload.fileName)?.[0] ?? '';
    const file: StoredFile = {
      ...upload,
      fileId: `file-${number}-of-the-fake`,
      uniqueId: `unique-${number}`,
      path: `${folder}/file_${number}${extension}`,
    };
    this.#byId.set(file.fileId, file);
    this.#byPath.set(file.path, file);
    return file;
  }

  /** @throws {Refusal} for an id that it does not know. */
  get(fileId: string): StoredFile {
    const file = this.#byId.get(fileId);
    if (file === undefined) {
      throw badRequest('wrong file_id or the file is temporarily unavailable');
    }
    return file;
  }

  /** What getFile answers. @throws {Refusal} for an unknown file and one of more than 20 MB. */
  describe(fileId: string): File {
    const { uniqueId, content, path } = this.get(fileId);
    if (content.length > LARGEST_DOWNLOAD_BYTES) throw badRequest('file is too big');
    return {
      file_id: fileId,
      file_unique_id: uniqueId,
      file_size: content.length,
      file_path: path,
    };
  }

  atPath(path: string): StoredFile | null {
    return this.#byPath.get(path) ?? null;
  }
}

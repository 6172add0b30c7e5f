import * as crypto from 'crypto';

export class WeComCrypto {
	private readonly aesKey: Buffer;

	constructor(private readonly token: string, encodingAESKey: string, private readonly corpId: string) {
		this.aesKey = Buffer.from(`${encodingAESKey}=`, 'base64');
	}

	getSignature(timestamp: string, nonce: string, encrypt: string): string {
		const joined = [this.token, timestamp, nonce, encrypt].sort((a, b) => (a < b ? -1 : 1)).join('');
		return crypto.createHash('sha1').update(joined).digest('hex');
	}

	verify(msgSignature: string, timestamp: string, nonce: string, encrypt: string): boolean {
		return this.getSignature(timestamp, nonce, encrypt) === msgSignature;
	}

	decrypt(encrypt: string): string {
		const decipher = crypto.createDecipheriv('aes-256-cbc', this.aesKey, this.aesKey.subarray(0, 16));
		decipher.setAutoPadding(false);
		const padded = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()]);
		const plain = padded.subarray(16, padded.length - padded[padded.length - 1]);
		return plain.subarray(4, 4 + plain.readUInt32BE(0)).toString();
	}
}

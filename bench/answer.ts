/** The answer of the servers that the emulator is measured against. */

export const ANSWER = {
  RequestId: '49E2CC28-ED1D-4CC5-854D-7D0AE2B20976',
  Data: { JobId: '9CDE688A-8FC8-4B8D-8C34-1C3490703F23', Status: 'QUEUING' },
}

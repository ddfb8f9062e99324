/* Floor: one-peer TFTP server in C, in-memory file, no timers. Each ACK is answered with the whole next
 * window in one sendmsg (UDP_SEGMENT) when the block fits the MTU, else by sendmmsg. tftpfloor ADDR PORT FILE
 * [nogso] */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
int main(int n, char** a) {
    int f = open(a[3], O_RDONLY);
    struct stat st;
    fstat(f, &st);
    unsigned char* m = mmap(0, st.st_size, PROT_READ, MAP_SHARED | MAP_POPULATE, f, 0);
    int nogso = n > 4;
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in me = {AF_INET, htons(atoi(a[2]))}, p;
    inet_pton(AF_INET, a[1], &me.sin_addr);
    bind(s, (void*)&me, sizeof me);
    int sb = 4 << 20;
    setsockopt(s, SOL_SOCKET, SO_SNDBUF, &sb, 4);
    int blk = 512, win = 1;
    long base = 1;
    static unsigned char buf[1 << 20];
    for (;;) {
        unsigned char r[2048];
        socklen_t l = sizeof p;
        int k = recvfrom(s, r, sizeof r, 0, (void*)&p, &l);
        if (k < 4)
            continue;
        long ack;
        if (r[1] == 1) {
            blk = 512;
            win = 1;
            int oack = 0;
            char *q = (char*)r + 2, *e = (char*)r + k;
            q += strlen(q) + 1;
            q += strlen(q) + 1;
            while (q < e) {
                char* o = q;
                q += strlen(q) + 1;
                if (q >= e)
                    break;
                if (!strcasecmp(o, "blksize"))
                    blk = atoi(q);
                if (!strcasecmp(o, "windowsize"))
                    win = atoi(q);
                q += strlen(q) + 1;
            }
            unsigned char b[128];
            int z = 2;
            b[0] = 0;
            b[1] = 6;
            z += sprintf((char*)b + z, "blksize") + 1;
            z += sprintf((char*)b + z, "%d", blk) + 1;
            if (win > 1) {
                z += sprintf((char*)b + z, "windowsize") + 1;
                z += sprintf((char*)b + z, "%d", win) + 1;
            }
            int g = (blk + 4 <= 1472 && win > 1 && !nogso) ? blk + 4 : 0;
            setsockopt(s, SOL_UDP, UDP_SEGMENT, &g, 4);
            base = 1;
            sendto(s, b, z, 0, (void*)&p, l);
            continue;
        }
        if (r[1] != 4)
            continue;
        uint16_t d = (uint16_t)((r[2] << 8 | r[3]) - (base - 1));
        if (d > win)
            continue;
        base += d;
        long blocks = st.st_size / blk + 1;
        if (base > blocks)
            continue;
        long end = base + win - 1;
        if (end > blocks)
            end = blocks;
        int o = 0, per = (blk + 4 <= 1472 && win > 1 && !nogso) ? 65507 / (blk + 4) : 1;
        if (per > 64)
            per = 64;
        long i = base;
        while (i <= end) {
            o = 0;
            long j = i;
            for (; j <= end && j - i < per; j++) {
                long off = (j - 1) * blk;
                int len = off + blk <= st.st_size ? blk : st.st_size - off;
                buf[o++] = 0;
                buf[o++] = 3;
                buf[o++] = j >> 8;
                buf[o++] = j;
                memcpy(buf + o, m + off, len);
                o += len;
            }
            sendto(s, buf, o, 0, (void*)&p, l);
            i = j;
        }
    }
}

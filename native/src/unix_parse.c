/* SPDX-License-Identifier: Apache-2.0 */
#include "unix_parse.h"
#include "nl_parse.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/unix_diag.h>
#include <string.h>
#include <sys/socket.h>

enum {
    ATTR_NAME = 0,
    ATTR_VFS = 1,
    ATTR_PEER = 2,
    ATTR_RQLEN = 4,
    ATTR_SHUTDOWN = 6,
    ATTR_UID = 7, /* Linux 5.3 */
};

static void parse_name(const struct nl_attribute *attribute, struct shawk_unix *sock) {
    size_t length = attribute->length < sizeof(sock->name) ? attribute->length : sizeof(sock->name);
    memset(sock->name, 0, sizeof(sock->name));
    memcpy(sock->name, attribute->value, length);
    /* The name of a file ends with its NUL, where the kernel gives one; an abstract name has as many as it has. */
    while (length > 0 && sock->name[0] != 0 && sock->name[length - 1] == 0) {
        length--;
    }
    sock->name_len = (uint8_t)length;
    sock->present |= SHAWK_UNIX_HAS_NAME;
}

static void parse_attribute(const struct nl_attribute *attribute, struct shawk_unix *sock) {
    const uint8_t *value = attribute->value;
    switch (attribute->type) {
    case ATTR_NAME:
        parse_name(attribute, sock);
        break;
    case ATTR_VFS:
        if (attribute->length >= 8) {
            sock->vfs_inode = nl_u32(value);
            sock->vfs_dev = nl_u32(value + 4);
            sock->present |= SHAWK_UNIX_HAS_VFS;
        }
        break;
    case ATTR_PEER:
        if (attribute->length >= 4) {
            sock->peer = nl_u32(value);
            sock->present |= SHAWK_UNIX_HAS_PEER;
        }
        break;
    case ATTR_RQLEN:
        if (attribute->length >= 8) {
            sock->rqueue = nl_u32(value);
            sock->wqueue = nl_u32(value + 4);
            sock->present |= SHAWK_UNIX_HAS_QUEUES;
        }
        break;
    case ATTR_SHUTDOWN:
        if (attribute->length >= 1) {
            sock->shutdown = value[0];
            sock->present |= SHAWK_UNIX_HAS_SHUTDOWN;
        }
        break;
    case ATTR_UID:
        if (attribute->length >= 4) {
            sock->uid = nl_u32(value);
            sock->present |= SHAWK_UNIX_HAS_UID;
        }
        break;
    default:
        break;
    }
}

int unix_parse(const uint8_t *payload, size_t length, struct shawk_unix *sock) {
    struct unix_diag_msg diag;
    memset(sock, 0, sizeof(*sock));
    if (length < sizeof(diag)) {
        return -EBADMSG;
    }
    memcpy(&diag, payload, sizeof(diag));
    if (diag.udiag_family != AF_UNIX) {
        return -EBADMSG;
    }
    sock->cookie = (uint64_t)diag.udiag_cookie[1] << 32U | diag.udiag_cookie[0];
    sock->inode = diag.udiag_ino;
    sock->type = diag.udiag_type;
    sock->state = diag.udiag_state;
    size_t offset = NLMSG_ALIGN(sizeof(diag));
    struct nl_attribute attribute;
    while (nl_parse_attribute(payload, length, &offset, &attribute)) {
        parse_attribute(&attribute, sock);
    }
    return 0;
}

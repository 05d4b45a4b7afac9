"""macOS' notification centres, called through the Objective-C runtime, which is plain C.

The one class that is made has one method, by which notifications arrive; `macos` decides what they mean.
"""

import ctypes
from collections.abc import Callable
from typing import Any

_APP_KIT = "/System/Library/Frameworks/AppKit.framework/AppKit"
_RUNTIME = "/usr/lib/libobjc.A.dylib"
_POINTER = ctypes.c_void_p
_METHOD = ctypes.CFUNCTYPE(None, _POINTER, _POINTER, _POINTER)
_METHOD_TYPES = b"v@:@"
"""Returns nothing; is given the object, the selector, and the notification."""
_AT_ONCE = 4
"""How it is delivered while the program is not in front, as one in the tray hardly ever is: not later."""


class NotificationCenters:
    """Listens in the thread that makes it."""

    def __init__(self) -> None:
        self._kit = ctypes.CDLL(_APP_KIT)  # which must be there for its classes to be
        self._runtime = ctypes.CDLL(_RUNTIME)
        for name, types in (
            ("objc_getClass", (ctypes.c_char_p,)),
            ("sel_registerName", (ctypes.c_char_p,)),
            ("objc_allocateClassPair", (_POINTER, ctypes.c_char_p, ctypes.c_size_t)),
        ):
            function = getattr(self._runtime, name)
            function.restype, function.argtypes = _POINTER, types
        self._runtime.class_addMethod.argtypes = (_POINTER, _POINTER, _METHOD, ctypes.c_char_p)
        self._runtime.objc_registerClassPair.argtypes = (_POINTER,)
        shared = self._send(self._class("NSWorkspace"), "sharedWorkspace")
        self._workspace = self._send(shared, "notificationCenter")
        self._distributed = self._send(self._class("NSDistributedNotificationCenter"), "defaultCenter")
        self._observer: int | None = None

    def listen(self, workspace: list[str], distributed: list[str], hear: Callable[[str], None]) -> None:
        """Call `hear` with the name of each of these notifications, of the workspace and of all programs."""
        self._observer = self._made_observer(hear)
        heard = self._selector("hear:")
        for name in workspace:
            self._send(
                self._workspace, "addObserver:selector:name:object:",
                self._observer, heard, self._string(name), None,
            )  # fmt: skip
        for name in distributed:
            self._send(
                self._distributed, "addObserver:selector:name:object:suspensionBehavior:",
                self._observer, heard, self._string(name), None, _AT_ONCE,
            )  # fmt: skip

    def release(self) -> None:
        """Hear no more."""
        if self._observer is not None:
            for center in (self._workspace, self._distributed):
                self._send(center, "removeObserver:", self._observer)
            self._observer = None

    def _made_observer(self, hear: Callable[[str], None]) -> int:
        def arrive(_: int, __: int, notification: int) -> None:
            name = self._send(self._send(notification, "name"), "UTF8String")
            hear(ctypes.string_at(name).decode())

        self._arrive = _METHOD(arrive)  # which must live as long as it may be called
        kind = self._runtime.objc_allocateClassPair(self._class("NSObject"), b"TabkeeperListener", 0)
        self._runtime.class_addMethod(kind, self._selector("hear:"), self._arrive, _METHOD_TYPES)
        self._runtime.objc_registerClassPair(kind)
        return self._send(self._send(kind, "alloc"), "init")

    def _send(self, receiver: int, selector: str, *values: Any) -> int:
        """Send a message; every value is as wide as a pointer."""
        prototype = ctypes.CFUNCTYPE(_POINTER, _POINTER, _POINTER, *(_POINTER for _ in values))
        send = prototype(("objc_msgSend", self._runtime))
        return send(receiver, self._selector(selector), *values) or 0

    def _class(self, name: str) -> int:
        return self._runtime.objc_getClass(name.encode()) or 0

    def _selector(self, name: str) -> int:
        return self._runtime.sel_registerName(name.encode()) or 0

    def _string(self, text: str) -> int:
        """Return a string of macOS' own; it lives as long as the program."""
        made = self._send(self._class("NSString"), "alloc")
        return self._send(made, "initWithUTF8String:", ctypes.cast(ctypes.c_char_p(text.encode()), _POINTER))

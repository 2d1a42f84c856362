using System.Runtime.InteropServices;

namespace Loa.Bench.Load;

/// <summary>The client's half of TLS straight on a socket, by the library that .NET itself uses on Linux; whose certificate it is nobody asks here.</summary>
static unsafe partial class Tls
{
    const string Library = "libssl.so.3";
    const int SetMode = 33;
    const int WantRead = 2;
    const int WantWrite = 3;
    const int ZeroReturn = 6;

    // What was not taken whole is offered again from elsewhere; buffers go back when nothing moves.
    const nint Modes = 0x1 | 0x2 | 0x10;

    static readonly nint context = Context();

    /// <summary>A conversation on a socket that is connected and does not block.</summary>
    /// <param name="resume">What <see cref="Remember"/> gave of the last one; 0 for a whole handshake.</param>
    public static nint Open(int file, nint resume)
    {
        var ssl = New(context);
        if (ssl == 0 || SetFile(ssl, file) != 1 || (resume != 0 && SetSession(ssl, resume) != 1))
            throw new IOException("TLS could not be begun on a socket.");
        SetConnectState(ssl);
        return ssl;
    }

    /// <summary>1 when both are greeted, <see cref="Native.Later"/> when something must come or go first.</summary>
    public static nint Greet(nint ssl) => Judge(ssl, DoHandshake(ssl));

    /// <summary>What the next conversation may begin with.</summary>
    public static nint Remember(nint ssl)
    {
        // Else the library takes a conversation that ended without a goodbye for one that must not go on.
        SetShutdown(ssl, 1);
        return TakeSession(ssl);
    }

    public static bool IsResumed(nint ssl) => Reused(ssl) == 1;

    public static nint Write(nint ssl, byte* bytes, nint length) => Judge(ssl, DoWrite(ssl, bytes, (int)length));

    public static nint Read(nint ssl, byte* bytes, nint length) => Judge(ssl, DoRead(ssl, bytes, (int)length));

    static nint Judge(nint ssl, int result)
    {
        if (result > 0)
            return result;
        var why = GetError(ssl, result);
        // What went wrong stands in a list of this thread, which the next call must find empty.
        ClearErrors();
        return why switch
        {
            WantRead or WantWrite => Native.Later,
            ZeroReturn => 0,
            _ => -1,
        };
    }

    static nint Context()
    {
        var made = NewContext(ClientMethod());
        if (made == 0)
            throw new IOException("TLS could not be begun.");
        ContextControl(made, SetMode, Modes, 0);
        return made;
    }

    [LibraryImport(Library, EntryPoint = "SSL_free")]
    public static partial void Free(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_SESSION_free")]
    public static partial void Forget(nint session);

    [LibraryImport(Library, EntryPoint = "SSL_get1_session")]
    private static partial nint TakeSession(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_set_session")]
    private static partial int SetSession(nint ssl, nint session);

    [LibraryImport(Library, EntryPoint = "SSL_set_shutdown")]
    private static partial void SetShutdown(nint ssl, int mode);

    [LibraryImport(Library, EntryPoint = "SSL_session_reused")]
    private static partial int Reused(nint ssl);

    [LibraryImport(Library, EntryPoint = "TLS_client_method")]
    private static partial nint ClientMethod();

    [LibraryImport(Library, EntryPoint = "SSL_CTX_new")]
    private static partial nint NewContext(nint method);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_ctrl")]
    private static partial nint ContextControl(nint context, int what, nint value, nint more);

    [LibraryImport(Library, EntryPoint = "SSL_new")]
    private static partial nint New(nint context);

    [LibraryImport(Library, EntryPoint = "SSL_set_fd")]
    private static partial int SetFile(nint ssl, int file);

    [LibraryImport(Library, EntryPoint = "SSL_set_connect_state")]
    private static partial void SetConnectState(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_do_handshake")]
    private static partial int DoHandshake(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_read")]
    private static partial int DoRead(nint ssl, byte* bytes, int length);

    [LibraryImport(Library, EntryPoint = "SSL_write")]
    private static partial int DoWrite(nint ssl, byte* bytes, int length);

    [LibraryImport(Library, EntryPoint = "SSL_get_error")]
    private static partial int GetError(nint ssl, int result);

    [LibraryImport("libcrypto.so.3", EntryPoint = "ERR_clear_error")]
    private static partial void ClearErrors();
}

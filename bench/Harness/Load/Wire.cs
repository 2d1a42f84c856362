namespace Loa.Bench.Load;

/// <summary>What a crowd's connections are made of.</summary>
public enum Wire
{
    Tcp,

    /// <summary>TLS 1.3 with a whole handshake each time.</summary>
    Tls,

    /// <summary>TLS 1.3 that goes on where the last connection of the same client was cut, when the server lets it.</summary>
    ResumedTls,
}

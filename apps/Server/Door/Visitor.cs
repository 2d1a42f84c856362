using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Loa.Server.Door;

/// <summary>One connection of the console, and whether anybody would miss it.</summary>
sealed class Visitor(ConnectionContext connection, IPAddress? network)
{
    int served;
    volatile bool known;

    public IPAddress? Network => network;

    /// <summary>Where it stands in the row; null once it has left it.</summary>
    public LinkedListNode<Visitor>? Place { get; set; }

    /// <summary>An officer has signed in on it.</summary>
    public bool IsKnown => known;

    /// <summary>Nobody known, and no request that is being served: a silent one, or one with half a request.</summary>
    public bool IsIdle => !known && Volatile.Read(ref served) == 0;

    public void Recognise() => known = true;

    public void Begin() => Interlocked.Increment(ref served);

    public void End() => Interlocked.Decrement(ref served);

    public void ShowOut() => connection.Abort(new ConnectionAbortedException("Its place was needed."));
}

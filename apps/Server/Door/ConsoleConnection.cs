using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Loa.Server.Door;

/// <summary>One connection of the console, and whether anybody would miss it. The door alone changes it.</summary>
sealed class ConsoleConnection(ConnectionContext connection, IPAddress network)
{
    public IPAddress Network => network;

    public bool IsInside { get; set; }

    /// <summary>An officer has signed in on it.</summary>
    public bool IsKnown { get; set; }

    /// <summary>How many requests of it are being served.</summary>
    public int Serving { get; set; }

    /// <summary>Where it stands among those who stand there for nothing; −1 when it does not.</summary>
    public int Place { get; set; } = -1;

    public void ShowOut() => connection.Abort(new ConnectionAbortedException("Its place was needed."));
}

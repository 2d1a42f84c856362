using System.Net;

namespace Loa.Speaker.Enrolling;

/// <summary>The server says that it takes this key no more.</summary>
sealed class KeyTakenBackException()
    : HttpRequestException("The server has taken this key back.", null, HttpStatusCode.Conflict);

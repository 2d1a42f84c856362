namespace Loa.Speaker.Enrolling;

/// <summary>A claim code that is being shown, and where to ask whether somebody typed it.</summary>
sealed record OpenEnrolment(Guid Id, string Code, DateTimeOffset Expires, string Server, string Mqtt);

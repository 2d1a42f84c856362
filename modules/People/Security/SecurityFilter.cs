using System.Globalization;
using Loa.Kernel;
using Microsoft.AspNetCore.Http;

namespace Loa.People.Security;

/// <summary>What is asked of the security events; a field left empty in the form asks nothing.</summary>
/// <param name="Kind">"sign-in", "failure", "account", "post" or "key".</param>
sealed record SecurityFilter(string? Kind, Guid? Officer, Guid? Unit, DateOnly? From, DateOnly? To)
{
    public static SecurityFilter Of(HttpContext http)
    {
        var query = http.Request.Query;
        return new(
            query["kind"].ToString() is { Length: > 0 } kind ? kind : null,
            Read<Guid>("officer"),
            Read<Guid>("unit"),
            Read<TypedDay>("from")?.Day,
            Read<TypedDay>("to")?.Day
        );

        T? Read<T>(string name)
            where T : struct, IParsable<T> =>
            query[name].ToString() switch
            {
                "" => null,
                var text when T.TryParse(text, CultureInfo.InvariantCulture, out var value) => value is TypedDay typed
                && !typed.Day.IsOnCalendar()
                    ? throw new InvalidException(name, "range")
                    : value,
                _ => throw new InvalidException(name, "format"),
            };
    }
}

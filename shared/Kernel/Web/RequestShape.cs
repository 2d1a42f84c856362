using System.Reflection;

namespace Loa.Kernel;

/// <summary>The fields of a request, by the constructor of its record, and the room they need.</summary>
sealed class RequestShape
{
    // Buttons and switches of a page that the use case does not ask for.
    const int OtherFields = 64;
    const int LeastBytes = 64 * 1024;

    readonly ConstructorInfo constructor;

    public RequestShape(Type request)
    {
        constructor = request.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        Fields = [.. constructor.GetParameters().Select(p => new RequestField(p))];
        Bounds = new(Fields.Sum(f => f.MostValues) + OtherFields, LeastBytes + Fields.Sum(f => f.MostBytes));
    }

    public IReadOnlyList<RequestField> Fields { get; }

    public FormBounds Bounds { get; }

    /// <summary>The request, or what is wrong with each field.</summary>
    public object Make(object?[] values)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var i = 0; i < Fields.Count; i++)
            if (Fields[i].Check(ref values[i]) is { Length: > 0 } wrong)
                errors[Fields[i].Name] = wrong;
        if (errors.Count > 0)
            throw new InvalidException(errors);
        return constructor.Invoke(values);
    }
}

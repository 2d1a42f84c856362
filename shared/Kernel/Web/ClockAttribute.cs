using System.ComponentModel.DataAnnotations;

namespace Loa.Kernel;

/// <summary>The field holds a time of day by 24 hours, such as 05:30.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ClockAttribute() : RegularExpressionAttribute("^([01][0-9]|2[0-3]):[0-5][0-9]$");
